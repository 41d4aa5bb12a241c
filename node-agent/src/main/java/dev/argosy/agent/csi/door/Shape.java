package dev.argosy.agent.csi.door;

import java.util.List;

/**
 * The form of a message: its fields by their JSON names.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
record Shape(List<Field> fields) {

  /** What a field holds. */
  sealed interface Kind {}

  /** The kinds without parts. */
  enum Plain implements Kind {
    TEXT,
    FLAG,
    NUMBER,
    /** A number in a message of its own. */
    WRAPPED,
    /** Texts by text. */
    MAP
  }

  /** One of these names, by its place. */
  record Choice(List<String> names) implements Kind {
    Choice {
      names = List.copyOf(names);
    }
  }

  /** A message inside. */
  record Part(Shape shape) implements Kind {}

  /**
   * One field.
   *
   * @param repeated whether it is a list
   */
  record Field(int number, String name, Kind kind, boolean repeated) {}

  Shape {
    fields = List.copyOf(fields);
  }

  static Shape of(Field... fields) {
    return new Shape(List.of(fields));
  }

  static Field text(int number, String name) {
    return new Field(number, name, Plain.TEXT, false);
  }

  static Field texts(int number, String name) {
    return new Field(number, name, Plain.TEXT, true);
  }

  static Field flag(int number, String name) {
    return new Field(number, name, Plain.FLAG, false);
  }

  static Field number(int number, String name) {
    return new Field(number, name, Plain.NUMBER, false);
  }

  static Field wrapped(int number, String name) {
    return new Field(number, name, Plain.WRAPPED, false);
  }

  static Field map(int number, String name) {
    return new Field(number, name, Plain.MAP, false);
  }

  static Field choice(int number, String name, List<String> names) {
    return new Field(number, name, new Choice(names), false);
  }

  static Field part(int number, String name, Shape shape) {
    return new Field(number, name, new Part(shape), false);
  }

  static Field parts(int number, String name, Shape shape) {
    return new Field(number, name, new Part(shape), true);
  }
}
