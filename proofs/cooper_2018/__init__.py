"""Cooper 2018, "The loss landscape of overparameterized neural networks" (C18).

The text is the anonymous submission to ICLR 2019. What was printed later, as in the SIAM Journal on
Mathematics of Data Science in 2021, may differ.
"""
