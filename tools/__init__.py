"""What is no part of the product: benchmarks, audits, proofs and set-up."""
