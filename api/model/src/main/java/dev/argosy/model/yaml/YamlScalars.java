package dev.argosy.model.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.constructor.ConstructScalar;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What plain scalars mean to kubectl and its like: {@code 0644} is octal, {@code yes} and {@code
 * off} are booleans (YAML 1.1, types int and bool), everything else as in YAML 1.2's core schema.
 */
public final class YamlScalars extends CoreSchema {

  private static final Set<String> TRUE = Set.of("true", "yes", "y", "on");
  private static final Pattern BOOL =
      Pattern.compile(
          "y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
  private static final Pattern INT =
      Pattern.compile("[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)");

  /** JSON has no infinity and no NaN; they stay text. */
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  private static final Pattern NULL = Pattern.compile("(?:~|null|Null|NULL)?");

  @Override
  public ScalarResolver getScalarResolver() {
    return (text, plain) -> plain ? meaning(text) : Tag.STR;
  }

  private static Tag meaning(String text) {
    if (NULL.matcher(text).matches()) {
      return Tag.NULL;
    }
    if (BOOL.matcher(text).matches()) {
      return Tag.BOOL;
    }
    if (INT.matcher(text).matches()) {
      return Tag.INT;
    }
    return FLOAT.matcher(text).matches() ? Tag.FLOAT : Tag.STR;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    Map<Tag, ConstructNode> all = new HashMap<>(super.getSchemaTagConstructors());
    all.put(Tag.BOOL, new Scalar(YamlScalars::truth));
    all.put(Tag.INT, new Scalar(YamlScalars::integer));
    all.put(Tag.FLOAT, new Scalar(BigDecimal::new));
    return all;
  }

  /** The value of a scalar that is a boolean. */
  public static boolean truth(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * The value of a scalar that is an integer: an Integer, Long or BigInteger, whichever holds it.
   *
   * @throws NumberFormatException if it is none
   */
  public static Number integer(String text) {
    String plain = text.replace("_", "");
    boolean signed = plain.startsWith("-") || plain.startsWith("+");
    String digits = signed ? plain.substring(1) : plain;
    BigInteger value = magnitude(digits.toLowerCase(Locale.ROOT));
    return smallest(plain.startsWith("-") ? value.negate() : value);
  }

  private static Number smallest(BigInteger value) {
    if (value.bitLength() < 32) {
      return value.intValue();
    }
    if (value.bitLength() < 64) {
      return value.longValue();
    }
    return value;
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    }
    if (digits.startsWith("0o")) {
      return new BigInteger(digits.substring(2), 8);
    }
    boolean octal = digits.matches("0[0-7]+");
    return new BigInteger(digits, octal ? 8 : 10);
  }

  private static final class Scalar extends ConstructScalar {
    private final Function<String, Object> value;

    Scalar(Function<String, Object> value) {
      this.value = value;
    }

    @Override
    public Object construct(Node node) {
      return value.apply(constructScalar(node));
    }
  }
}
