package dev.argosy.server.policy;

import dev.argosy.model.status.Cause;
import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Compilation;
import dev.argosy.server.cel.Shape;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Compiles the expressions of one policy and notes what is wrong with them. Used by one thread,
 * then done.
 */
final class Expressions {

  static final Set<CelKind> BOOL = Set.of(CelKind.BOOL);
  static final Set<CelKind> TEXT = Set.of(CelKind.STRING);
  static final Set<CelKind> TEXT_OR_NULL = Set.of(CelKind.STRING, CelKind.NULL_TYPE);
  static final Set<CelKind> ANY = Set.of();

  private final Map<String, Shape> shapes;
  private final Map<String, Shape> composed = new LinkedHashMap<>();
  private final List<Cause> causes = new ArrayList<>();
  private final boolean makesObjects;
  private CelEnvironment environment;

  /**
   * Begins with an environment.
   *
   * @param shapes the variables
   * @param plain an environment that has these variables and no others; programs are kept there
   * @param makesObjects whether expressions may make objects
   */
  Expressions(Map<String, Shape> shapes, CelEnvironment plain, boolean makesObjects) {
    this.shapes = shapes;
    this.environment = plain;
    this.makesObjects = makesObjects;
  }

  /** What is wrong so far. */
  List<Cause> causes() {
    return List.copyOf(causes);
  }

  /**
   * Compiles the expression in a field.
   *
   * @param path the field's path
   * @param kinds which types its value may have; {@link #ANY} for all
   */
  Optional<CelProgram> compile(JsonNode expression, String path, Set<CelKind> kinds) {
    String text = expression.asString("");
    if (text.isBlank()) {
      causes.add(new Cause("FieldValueRequired", "Required value", path));
      return Optional.empty();
    }
    return switch (environment.compile(text)) {
      case Compilation.Rejected rejected -> {
        wrong(path, text, "compilation failed: " + rejected.message());
        yield Optional.empty();
      }
      case Compilation.Compiled compiled -> checked(compiled.program(), path, kinds);
    };
  }

  private Optional<CelProgram> checked(CelProgram program, String path, Set<CelKind> kinds) {
    CelType type = program.resultType();
    boolean fits =
        kinds.isEmpty()
            || kinds.contains(type.kind())
            || type.kind().isDyn()
            || type instanceof OptionalType;
    if (!fits) {
      String expected = kinds.equals(BOOL) ? "bool" : "string";
      wrong(path, program.expression(), "must evaluate to " + expected);
      return Optional.empty();
    }
    return Optional.of(program);
  }

  private void wrong(String path, String value, String what) {
    causes.add(
        new Cause("FieldValueInvalid", "Invalid value: " + Quoted.of(value) + ": " + what, path));
  }

  /** From now on {@code variables.name} is there, of that type. */
  void compose(String name, CelProgram program) {
    composed.put(name, new Shape.Checked(program.resultType()));
    Map<String, Shape> known = Map.copyOf(composed);
    Map<String, Shape> all = new LinkedHashMap<>(shapes);
    all.put("variables", new Shape.ObjectOf("kubernetes.variables", known::keySet, known::get));
    environment = makesObjects ? CelEnvironment.constructing(all) : CelEnvironment.of(all);
  }
}
