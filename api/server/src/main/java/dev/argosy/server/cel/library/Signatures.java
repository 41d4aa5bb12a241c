package dev.argosy.server.cel.library;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Declares functions; overloads of one name may be told in any order. */
final class Signatures {

  private final Map<String, List<CelOverloadDecl>> overloads = new LinkedHashMap<>();

  /** {@code name(parameters)}. */
  Signatures function(String name, String id, CelType result, CelType... parameters) {
    return add(name, CelOverloadDecl.newGlobalOverload(id, result, parameters));
  }

  /** {@code receiver.name(parameters)}, the receiver being the first of the parameters. */
  Signatures method(String name, String id, CelType result, CelType... parameters) {
    return add(name, CelOverloadDecl.newMemberOverload(id, result, parameters));
  }

  private Signatures add(String name, CelOverloadDecl overload) {
    overloads.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    return this;
  }

  void declareTo(CelCompilerBuilder compiler) {
    overloads.forEach((name, list) ->
        compiler.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, list)));
  }
}
