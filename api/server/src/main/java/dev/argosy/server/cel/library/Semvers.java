package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/**
 * {@code semver('1.2.3')}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library">
 *     Kubernetes: semver library</a>
 */
final class Semvers implements Library {

  private static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");

  @Override
  public void declare(Declarations declarations) {
    CelType bool = SimpleType.BOOL;
    CelType text = SimpleType.STRING;
    CelType whole = SimpleType.INT;
    declarations
        .function("semver", "string_to_semver", SEMVER, text)
        .function("semver", "string_bool_to_semver", SEMVER, text, bool)
        .function("isSemver", "is_semver_string", bool, text)
        .function("isSemver", "is_semver_string_bool", bool, text, bool)
        .method("major", "semver_major", whole, SEMVER)
        .method("minor", "semver_minor", whole, SEMVER)
        .method("patch", "semver_patch", whole, SEMVER)
        .method("isLessThan", "semver_is_less_than", bool, SEMVER, SEMVER)
        .method("isGreaterThan", "semver_is_greater_than", bool, SEMVER, SEMVER)
        .method("compareTo", "semver_compare_to", whole, SEMVER, SEMVER);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add("semver", String.class, text -> parse(text, false));
    functions.add("semver", String.class, Boolean.class, Semvers::parse);
    functions.add("isSemver", String.class, text -> Semver.parse(text, false).isPresent());
    functions.add(
        "isSemver", String.class, Boolean.class, (t, loose) -> Semver.parse(t, loose).isPresent());
    functions.costsOne();
    functions.add("major", Semver.class, Semver::major);
    functions.add("minor", Semver.class, Semver::minor);
    functions.add("patch", Semver.class, Semver::patch);
    functions.add("isLessThan", Semver.class, Semver.class, (a, b) -> a.compareTo(b) < 0);
    functions.add("isGreaterThan", Semver.class, Semver.class, (a, b) -> a.compareTo(b) > 0);
    functions.add("compareTo", Semver.class, Semver.class, (a, b) -> (long) a.compareTo(b));
  }

  private static Semver parse(String text, boolean normalize) {
    return Semver.parse(text, normalize)
        .orElseThrow(() -> new EvalError("Invalid semver: \"" + text + "\""));
  }
}
