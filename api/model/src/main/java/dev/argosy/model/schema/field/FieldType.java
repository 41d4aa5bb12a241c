package dev.argosy.model.schema.field;

/** The type of a field, as JSON carries it. */
public sealed interface FieldType {

  /** Everything that is no object with known fields, no list and no map. */
  enum Scalar implements FieldType {
    STRING("string"),
    INT32("int32"),
    INT64("int64"),
    DOUBLE("float64"),
    BOOLEAN("bool"),
    /** Base64 text. */
    BYTES("[]uint8"),
    /** RFC 3339 with seconds. */
    TIME("v1.Time"),
    /** RFC 3339 with microseconds. */
    MICRO_TIME("v1.MicroTime"),
    QUANTITY("resource.Quantity"),
    INT_OR_STRING("intstr.IntOrString"),
    /** Any JSON. */
    ANY("interface {}");

    private final String goName;

    Scalar(String goName) {
      this.goName = goName;
    }

    /** How error messages of the API name it. */
    public String goName() {
      return goName;
    }
  }

  /** A JSON array. */
  record ListOf(FieldType item) implements FieldType {}

  /** A JSON object whose member names are data. */
  record MapOf(FieldType value) implements FieldType {}

  /** A JSON object with known fields; see {@link StructType}. */
  record Struct(StructType struct) implements FieldType {
    @Override
    public String toString() {
      return struct.toString();
    }
  }
}
