package dev.argosy.model.managed;

/** Takes every value for what it is. */
record Deduced() implements TypeShape {

  @Override
  public Form form() {
    return Form.OBJECT;
  }

  @Override
  public Member member(String name) {
    return new Member(this, false, false);
  }
}
