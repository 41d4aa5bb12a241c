package dev.argosy.server.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lines that wait for another exchange with the same peer. There are few for each peer and in all,
 * and each is closed when it was not wanted for a while. Safe for all threads.
 *
 * @param <P> what makes two lines lead to the same: also as whom this server speaks there
 */
public final class IdleLines<P> {

  private static final int MOST = 512;
  private static final int MOST_OF_ONE = 8;

  private final Duration patience;
  private final Map<P, Deque<Waiting>> waiting = new HashMap<>();
  private int count;

  /**
   * None yet.
   *
   * @param patience how long each waits
   */
  public IdleLines(Duration patience) {
    this.patience = patience;
  }

  private record Waiting(Line line, Deadline end) {}

  /** The line that came last, for an exchange of that time; its peer may have hung up meanwhile. */
  public Optional<Line> take(P peer, Duration time) {
    for (Waiting next = last(peer).orElse(null); next != null; next = last(peer).orElse(null)) {
      if (next.end().stop() && silent(next.line())) {
        return Optional.of(next.line().again(time));
      }
      next.line().close();
    }
    return Optional.empty();
  }

  private synchronized Optional<Waiting> last(P peer) {
    Deque<Waiting> lines = waiting.getOrDefault(peer, new ArrayDeque<>());
    Optional<Waiting> last = Optional.ofNullable(lines.peekLast());
    last.ifPresent(line -> remove(peer, line.line()));
    return last;
  }

  /** Who speaks before he was asked cannot be understood afterwards. */
  private static boolean silent(Line line) {
    try {
      return line.input().available() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Keeps the line, or closes it if there are enough. */
  public void put(P peer, Line line) {
    if (!silent(line) || !kept(peer, line)) {
      line.close();
    }
  }

  private synchronized boolean kept(P peer, Line line) {
    Deque<Waiting> lines = waiting.getOrDefault(peer, new ArrayDeque<>());
    if (count >= MOST || lines.size() >= MOST_OF_ONE) {
      return false;
    }
    Deadline end =
        Deadline.of(
            () -> {
              remove(peer, line);
              line.close();
            },
            patience);
    lines.addLast(new Waiting(line, end));
    waiting.put(peer, lines);
    count++;
    return true;
  }

  private synchronized void remove(P peer, Line line) {
    waiting.computeIfPresent(
        peer,
        (same, lines) -> {
          if (lines.removeIf(one -> one.line() == line)) {
            count--;
          }
          return lines.isEmpty() ? null : lines;
        });
  }
}
