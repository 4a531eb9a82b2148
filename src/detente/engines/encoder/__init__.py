"""An ONNX model that scores spans."""
