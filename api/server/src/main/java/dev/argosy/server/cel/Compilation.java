package dev.argosy.server.cel;

/** What became of an expression's text. */
public sealed interface Compilation {

  record Compiled(CelProgram program) implements Compilation {}

  /**
   * @param message one or more issues as CEL words them, each with the place marked: {@code ERROR:
   *     <input>:1:5: undefined field 'foo'} and so on; Kubernetes puts {@code compilation failed: }
   *     in front
   */
  record Rejected(String message) implements Compilation {}

  /** The program. For expressions that are known to be right. */
  default CelProgram orThrow() {
    return switch (this) {
      case Compiled compiled -> compiled.program();
      case Rejected rejected -> throw new IllegalArgumentException(rejected.message());
    };
  }
}
