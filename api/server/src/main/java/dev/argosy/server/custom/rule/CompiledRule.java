package dev.argosy.server.custom.rule;

import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.custom.schema.Schema.RuleText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule, ready.
 *
 * @param message makes the message; null if there is no expression for it
 * @param transition whether it compares with the old value
 * @param fieldPath the members from the value to the field that is to blame
 */
record CompiledRule(
    RuleText text,
    CelProgram program,
    @Nullable CelProgram message,
    boolean transition,
    List<String> fieldPath) {

  CompiledRule {
    fieldPath = List.copyOf(fieldPath);
  }

  /** How it is called in messages. */
  String title() {
    return text.message().isBlank() ? text.rule().strip() : text.message().strip();
  }

  /** What is said when it does not hold, unless an expression says it. */
  String words() {
    return text.message().isBlank() ? "failed rule: " + title() : text.message().strip();
  }
}
