"""What a reader touches: the pieces of Streamlit that pages share, and the server in front of them."""
