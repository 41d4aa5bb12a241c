package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.common.types.SimpleType;

/** {@code jsonpatch.escapeKey(key)}: a key as a JSON pointer (RFC 6901) spells it. */
final class JsonPointers implements Library {

  @Override
  public void declare(Declarations declarations) {
    declarations.function(
        "jsonpatch.escapeKey",
        "string_jsonpatch_escapeKey_string",
        SimpleType.STRING,
        SimpleType.STRING);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add(
        "jsonpatch.escapeKey", String.class, key -> key.replace("~", "~0").replace("/", "~1"));
  }
}
