"""What several papers share: points of networks with their facts, and matrices of low rank."""
