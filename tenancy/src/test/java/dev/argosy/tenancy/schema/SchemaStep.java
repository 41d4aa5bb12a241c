package dev.argosy.tenancy.schema;

import dev.argosy.tenancy.schema.SchemaPicture.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A change of the schema, seen by a server that was built for the one before and still runs: what
 * it selects, inserts, updates and calls must go on to work.
 */
record SchemaStep(SchemaPicture before, SchemaPicture after) {

  private static final Pattern TEXTS = Pattern.compile("'([^']*)'");

  /** What would break it, in words; empty if nothing would. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    before.columns().forEach((name, was) -> goneOrOther(name, was, broken));
    after.columns().forEach((name, is) -> unknownAndNeeded(name, is, broken));
    before.functions().stream()
        .filter(function -> !after.functions().contains(function))
        .forEach(function -> broken.add("function " + function + " is gone"));
    after.constraints().forEach((name, is) -> narrower(name, is, broken));
    return broken;
  }

  private void goneOrOther(String name, Column was, List<String> broken) {
    Column is = after.columns().get(name);
    if (is == null) {
      broken.add("column " + name + " is gone");
    } else if (!is.type().equals(was.type())) {
      broken.add("column " + name + " was " + was.type() + " and is " + is.type());
    } else if (was.optional() && !is.optional()) {
      broken.add("column " + name + " could be left out before");
    }
  }

  private void unknownAndNeeded(String name, Column is, List<String> broken) {
    String table = name.substring(0, name.indexOf('.'));
    if (before.tables().contains(table) && !before.columns().containsKey(name) && !is.optional()) {
      broken.add("column " + name + " is new, and nothing stands there by itself");
    }
  }

  /** A new rule on a table of before; a list of texts may grow. */
  private void narrower(String name, String is, List<String> broken) {
    String table = name.substring(0, name.indexOf(' '));
    String was = before.constraints().get(name);
    if (!before.tables().contains(table) || is.equals(was) || moved(is)) {
      return;
    }
    boolean wider = was != null && form(was).equals(form(is)) && texts(is).containsAll(texts(was));
    if (!wider) {
      broken.add("rule " + name + " is new or other than before: " + is);
    }
  }

  /** The same rule under another name. */
  private boolean moved(String is) {
    return before.constraints().containsValue(is);
  }

  private static Set<String> texts(String definition) {
    return new HashSet<>(TEXTS.matcher(definition).results().map(each -> each.group(1)).toList());
  }

  private static String form(String definition) {
    String form = TEXTS.matcher(definition).replaceAll("?");
    return form.replaceAll("(\\?(::text)?(, )?)+", "?");
  }
}
