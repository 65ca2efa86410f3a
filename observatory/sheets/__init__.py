"""What pages say, as HTML and without a server: for the dashboard, the static twin and the briefings alike."""
