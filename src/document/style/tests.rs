//! What is declared, and what it comes to.
