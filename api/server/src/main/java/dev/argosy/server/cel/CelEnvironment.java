package dev.argosy.server.cel;

import dev.argosy.server.cel.Compilation.Compiled;
import dev.argosy.server.cel.Compilation.Rejected;
import dev.argosy.server.cel.eval.PlanException;
import dev.argosy.server.cel.eval.Planner;
import dev.argosy.server.cel.library.Libraries;
import dev.cel.checker.CelChecker;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserBuilder;
import dev.cel.parser.CelParserFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What expressions of one place may use: Kubernetes' libraries and the variables of that place.
 * Keeps the programs compiled last, so an owner of expressions keeps its environment and asks it
 * again; it is made for as long as the schema or policy that it belongs to. All threads may enter.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">Kubernetes: CEL</a>
 */
public final class CelEnvironment {

  private static final int MAX_PROGRAMS = 256;
  private static final int MAX_EXPRESSION = 100_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableOptionalSyntax(true)
          .enableHeterogeneousNumericComparisons(true)
          .enableHomogeneousLiterals(true)
          .enableHiddenAccumulatorVar(true)
          .enableTimestampEpoch(true)
          .maxExpressionCodePointSize(MAX_EXPRESSION)
          .build();

  private static final CelParser PARSER = parser();

  /** The names {@code int}, {@code string} and so on; functions are declared as they are used. */
  private static final CelStandardDeclarations TYPE_NAMES =
      CelStandardDeclarations.newBuilder().filterFunctions((function, overload) -> false).build();

  private final CelTypes types;
  private final List<CelVarDecl> declared;
  private final boolean constructs;
  private final Map<String, Shape> variables;
  private final Map<String, Compilation> compilations =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Compilation> eldest) {
          return size() > MAX_PROGRAMS;
        }
      };

  private CelEnvironment(
      CelTypes types, List<CelVarDecl> declared, boolean constructs, Map<String, Shape> variables) {
    this.types = types;
    this.declared = List.copyOf(declared);
    this.constructs = constructs;
    this.variables = Map.copyOf(variables);
  }

  private static CelParser parser() {
    CelParserBuilder parser = CelParserFactory.standardCelParserBuilder().setOptions(OPTIONS);
    Libraries.addMacros(parser);
    return parser.build();
  }

  /**
   * An environment with these variables.
   *
   * @param variables names to shapes; what has no known shape is {@link Shape#DYN}
   */
  public static CelEnvironment of(Map<String, Shape> variables) {
    return of(variables, false);
  }

  /**
   * An environment whose expressions may also make objects: {@code Object{…}}, {@code
   * Object.spec{…}} with any fields, and {@code JSONPatch{…}}.
   */
  public static CelEnvironment constructing(Map<String, Shape> variables) {
    return of(variables, true);
  }

  private static CelEnvironment of(Map<String, Shape> variables, boolean constructs) {
    CelTypes types = new CelTypes();
    List<CelVarDecl> declared = new ArrayList<>();
    variables.forEach(
        (name, shape) -> declared.add(CelVarDecl.newVarDeclaration(name, types.of(shape))));
    return new CelEnvironment(types, declared, constructs, variables);
  }

  /** Parses and checks; the same text gives the same program while it is remembered. */
  public Compilation compile(String expression) {
    synchronized (compilations) {
      Compilation known = compilations.get(expression);
      if (known != null) {
        return known;
      }
    }
    Compilation made = make(expression);
    synchronized (compilations) {
      compilations.put(expression, made);
    }
    return made;
  }

  private Compilation make(String expression) {
    CelValidationResult parsed = PARSER.parse(expression, "<input>");
    if (parsed.hasError()) {
      return rejected(parsed, "Syntax error: ");
    }
    try {
      CelValidationResult checked = checker(parsed.getAst()).check(parsed.getAst());
      if (checked.hasError()) {
        return rejected(checked, "");
      }
      return planned(expression, checked.getAst());
    } catch (CelValidationException e) {
      return new Rejected(String.valueOf(e.getMessage()));
    }
  }

  /** A checker that knows what this expression needs. */
  private CelChecker checker(CelAbstractSyntaxTree parsed) {
    CelTypeProvider provider = constructs ? types.with(MadeObjects.types(parsed)) : types;
    CelCheckerBuilder checker =
        CelCompilerFactory.standardCelCheckerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(TYPE_NAMES)
            .setTypeProvider(provider)
            .addVarDeclarations(declared);
    Libraries.declarations().declare(FunctionNames.of(parsed), checker);
    return checker.build();
  }

  private Compilation planned(String expression, CelAbstractSyntaxTree tree) {
    try {
      Planner planner = new Planner(tree, Libraries.functions());
      return new Compiled(new CelProgram(expression, tree, planner.plan(), variables));
    } catch (PlanException e) {
      CelSource source = tree.getSource();
      int offset = source.getPositionsMap().getOrDefault(e.expression(), 0);
      CelSourceLocation place = source.getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
      CelIssue issue = CelIssue.formatError(place, String.valueOf(e.getMessage()));
      return new Rejected(CelIssue.toDisplayString(List.of(issue), source));
    }
  }

  private static Rejected rejected(CelValidationResult result, String prefix) {
    List<CelIssue> issues =
        result.getErrors().stream()
            .map(issue ->
                CelIssue.formatError(issue.getSourceLocation(), prefix + issue.getMessage()))
            .toList();
    return new Rejected(CelIssue.toDisplayString(issues, result.getSource()));
  }
}
