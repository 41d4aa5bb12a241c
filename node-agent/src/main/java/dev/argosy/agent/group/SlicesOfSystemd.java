package dev.argosy.agent.group;

import dev.argosy.agent.command.Commands.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Groups on a machine whose engine leaves them to systemd: they are its slices, whose properties
 * last until the next boot. Huge pages have none.
 *
 * @param run runs a program
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html">
 *     systemd.resource-control(5)</a>
 */
record SlicesOfSystemd(Function<List<String>, Outcome> run) implements GroupTree {

  private static final String NONE = "infinity";

  /** {@code kubepods-burstable.slice} for {@code kubepods/burstable}. */
  static String slice(String path) {
    return path.replace('-', '_').replace('/', '-') + ".slice";
  }

  @Override
  public void make(String path) throws IOException {
    call("start", slice(path));
  }

  @Override
  public void give(String path, Share share) throws IOException {
    long percent = share.cpuLimitThousandths() / 10;
    call(
        "set-property",
        "--runtime",
        slice(path),
        "CPUWeight=" + share.weight(),
        "CPUQuota=" + (share.cpuLimitThousandths() == 0 ? "" : Math.max(1, percent) + "%"),
        "MemoryMax=" + limit(share.memoryBytes()),
        "TasksMax=" + limit(share.processes()));
  }

  private static String limit(long amount) {
    return amount == 0 ? NONE : Long.toString(amount);
  }

  @Override
  public void remove(String path) throws IOException {
    call("stop", slice(path));
    call("revert", slice(path));
  }

  private void call(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("systemctl"));
    command.addAll(List.of(words));
    Outcome outcome = run.apply(command);
    if (!outcome.ok()) {
      throw new IOException(String.join(" ", command) + ": " + outcome.output());
    }
  }
}
