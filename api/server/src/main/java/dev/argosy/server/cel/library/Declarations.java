package dev.argosy.server.cel.library;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the checker may know: functions by name, and names of types. Filled once, then only read.
 */
public final class Declarations {

  private final Map<String, Map<String, CelOverloadDecl>> functions = new LinkedHashMap<>();
  private final Map<String, CelType> names = new LinkedHashMap<>();

  /** {@code name(parameters)}. */
  Declarations function(String name, String id, CelType result, CelType... parameters) {
    return add(name, CelOverloadDecl.newGlobalOverload(id, result, parameters));
  }

  /** {@code receiver.name(parameters)}, the receiver being the first of the parameters. */
  Declarations method(String name, String id, CelType result, CelType... parameters) {
    return add(name, CelOverloadDecl.newMemberOverload(id, result, parameters));
  }

  Declarations functions(Collection<CelFunctionDecl> more) {
    for (CelFunctionDecl function : more) {
      function.overloads().forEach(overload -> add(function.name(), overload));
    }
    return this;
  }

  /** A name with a type, most often that of a type. */
  Declarations name(String name, CelType type) {
    names.put(name, type);
    return this;
  }

  private Declarations add(String name, CelOverloadDecl overload) {
    functions
        .computeIfAbsent(name, key -> new LinkedHashMap<>())
        .put(overload.overloadId(), overload);
    return this;
  }

  /**
   * Declares all names, and of the functions those that are used: telling a checker all of them
   * takes a hundred times longer than checking an expression.
   */
  public void declare(Collection<String> used, CelCheckerBuilder checker) {
    List<CelFunctionDecl> wanted = new ArrayList<>();
    for (String name : used) {
      Map<String, CelOverloadDecl> overloads = functions.get(name);
      if (overloads != null) {
        wanted.add(CelFunctionDecl.newFunctionDeclaration(name, overloads.values()));
      }
    }
    checker.addFunctionDeclarations(wanted);
    names.forEach((name, type) ->
        checker.addVarDeclarations(dev.cel.common.CelVarDecl.newVarDeclaration(name, type)));
  }
}
