"""What several papers share: statements joined from others."""
