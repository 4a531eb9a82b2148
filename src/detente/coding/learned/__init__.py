"""Events by an encoder fine-tuned on the bank: types and modality by token, parties by candidate."""
