"""What an indicator is and means: no Streamlit and no network in here, so a notebook may import it."""
