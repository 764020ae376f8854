package dev.evenkeel.config;

/** What this version neither evaluates nor checks. Immutable. */
record Opaque() implements Kind {
  @Override
  public Value decode(Node node, Place place, Context context) {
    return new Value(node, place, node.describe());
  }

  @Override
  public String expectation() {
    return "anything";
  }

  @Override
  public String label() {
    return "any";
  }
}
