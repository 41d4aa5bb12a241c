package dev.argosy.tenancy.recording;

import java.time.Instant;
import java.util.Optional;

/** A recorded session. */
public record ExecRecording(Place place, Who who, What what, Screen screen, Course course) {

  /** Where it is. */
  public record Place(
      String cluster, String name, String namespace, String pod, String container) {}

  /**
   * Whose it was.
   *
   * @param user who was authenticated
   * @param impersonated as whom it was done; empty if that was the user
   * @param auditId of the request; empty if the audit policy does not keep it
   */
  public record Who(String user, String impersonated, String auditId) {
    public Who {
      user = Texts.bounded(user);
      impersonated = Texts.bounded(impersonated);
    }
  }

  /**
   * What was done.
   *
   * @param subresource {@code exec} or {@code attach}
   * @param command empty of an attachment
   */
  public record What(String subresource, String command, Instant startedAt) {
    public What {
      command = Texts.bounded(command);
    }
  }

  /** What it was shown on; the first size of a terminal. */
  public record Screen(boolean terminal, int columns, int rows) {}

  /**
   * What became of it.
   *
   * @param bytes of output that were kept
   * @param lost bytes that could not be kept
   * @param state {@code Recording}, {@code Complete}, {@code Truncated} (a bound was reached) or
   *     {@code Incomplete} (something was lost)
   * @param outcome what the client was told at the end
   */
  public record Course(
      long bytes, long lost, String state, Optional<Instant> endedAt, String outcome) {
    public Course {
      outcome = Texts.bounded(outcome);
    }
  }
}
