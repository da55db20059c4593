"""The statements at hand: where they are declared, how they are loaded, judged and kept."""
