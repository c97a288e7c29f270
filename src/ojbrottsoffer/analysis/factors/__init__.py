"""The success factors: the model behind the analysis, and how far it holds."""
