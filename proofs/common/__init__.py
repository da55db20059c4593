"""What several papers share: statements joined from others, and matrices of low rank."""
