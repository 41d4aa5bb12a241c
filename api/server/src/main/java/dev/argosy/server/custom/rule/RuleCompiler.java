package dev.argosy.server.custom.rule;

import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.CelProgram;
import dev.argosy.server.cel.Compilation;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.custom.path.JsonPath;
import dev.argosy.server.custom.schema.Schema.RuleText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the rules of one node of a schema. Made for that, then thrown away. */
final class RuleCompiler {

  private final Shape self;
  private @Nullable CelEnvironment plain;
  private @Nullable CelEnvironment optional;

  RuleCompiler(Shape self) {
    this.self = self;
  }

  Compilation compile(RuleText rule) {
    return environment(rule).compile(rule.rule());
  }

  Compilation compileMessage(RuleText rule) {
    return environment(rule).compile(rule.messageExpression());
  }

  /** The rule, if its expressions are right. */
  @Nullable CompiledRule rule(RuleText rule) {
    if (!(compile(rule) instanceof Compilation.Compiled(CelProgram program))) {
      return null;
    }
    CelProgram message =
        !rule.messageExpression().isBlank()
                && compileMessage(rule) instanceof Compilation.Compiled(CelProgram made)
            ? made
            : null;
    List<String> fieldPath =
        JsonPath.parse(rule.fieldPath()).flatMap(JsonPath::members).orElse(List.of());
    return new CompiledRule(rule, program, message, program.mentions("oldSelf"), fieldPath);
  }

  private CelEnvironment environment(RuleText rule) {
    if (rule.optionalOldSelf()) {
      CelEnvironment made = optional == null ? environment(Shape.DYN) : optional;
      optional = made;
      return made;
    }
    CelEnvironment made = plain == null ? environment(self) : plain;
    plain = made;
    return made;
  }

  /** An old value that may be missing is an optional, which has no shape. */
  private CelEnvironment environment(Shape oldSelf) {
    Map<String, Shape> variables = new HashMap<>();
    variables.put("self", self);
    variables.put("oldSelf", oldSelf);
    return CelEnvironment.of(variables);
  }
}
