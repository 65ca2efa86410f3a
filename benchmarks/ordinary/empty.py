"""The least a Streamlit page can be: one choice and one line."""

import streamlit as st

chosen = st.selectbox("Indicador", [f"indicator {number}" for number in range(40)])
st.write(chosen)
