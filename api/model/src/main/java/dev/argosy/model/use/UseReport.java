package dev.argosy.model.use;

import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * What a node and its pods use.
 *
 * @param boot names the boot of the machine since which counters and uptime count
 * @param uptime of the machine, in milliseconds
 * @param machine CPU since the boot and memory now, of all of the machine
 */
public record UseReport(String boot, long uptime, Counters machine, List<PodUse> pods) {

  /** Where agents send it, with POST. */
  public static final String PATH = "/argosy/v1/use";

  private static final int MOST = 10_000;

  public UseReport {
    Objects.requireNonNull(machine, "machine");
    pods = List.copyOf(pods);
    if (boot.isEmpty() || boot.length() > 128 || uptime < 0 || pods.size() > MOST) {
      throw new IllegalArgumentException(
          "a report has a boot, an uptime and at most " + MOST + " pods");
    }
  }

  public byte[] toBytes() {
    return Json.mapper().writeValueAsBytes(this);
  }

  /**
   * Reads a report.
   *
   * @throws IllegalArgumentException if it is none, with what is wrong
   */
  public static UseReport parse(byte[] json) {
    try {
      UseReport report = Json.mapper().readValue(json, UseReport.class);
      if (report == null) {
        throw new IllegalArgumentException("it is null");
      }
      return report;
    } catch (ValueInstantiationException e) {
      String why =
          e.getCause() instanceof IllegalArgumentException said
              ? String.valueOf(said.getMessage())
              : "something is missing";
      throw new IllegalArgumentException(why, e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "it has not the form of one at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          e);
    }
  }
}
