"""The browser's way in: page config and navigation, nothing else."""

import streamlit as st

from views.page import ICON, choose_language, choose_synthetic, dress, pages, settle

st.set_page_config(page_title="Mitra", page_icon=str(ICON), layout="wide")
dress()
page = st.navigation(pages(choose_language()))
choose_synthetic()
page.run()
settle(page.url_path)
