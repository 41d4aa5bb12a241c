package dev.argosy.store.kms;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plug-in.
 *
 * @param keyId of the service's current key; empty as long as it was never heard of
 * @param good when it last said that it is well
 * @param trouble what is wrong with it, for people; null if nothing is
 * @param again when it may be asked again after a failure
 */
record KmsHealth(String keyId, Instant good, @Nullable String trouble, Instant again) {

  /** How long a plug-in is left in peace after a failure: whoever comes meanwhile fails at once. */
  static final Duration PEACE = Duration.ofSeconds(2);

  /** How long no seed is asked for after a refusal to make one. */
  static final Duration REFUSED = Duration.ofSeconds(15);

  /** How often a plug-in that is well is asked how it is. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** How long data keys are wrapped with a seed after the plug-in was last well. */
  static final Duration GRACE = Duration.ofMinutes(3);

  static KmsHealth unknown(String trouble) {
    return new KmsHealth("", Instant.MIN, trouble, Instant.MIN);
  }

  KmsHealth well(String current, Instant now) {
    return new KmsHealth(current, now, null, now);
  }

  KmsHealth ill(String message, Instant now) {
    return new KmsHealth(keyId, good, message, now.plus(PEACE));
  }

  boolean rests(Instant now) {
    return trouble != null && now.isBefore(again);
  }

  boolean askFor(Instant now) {
    return trouble != null || !now.isBefore(good.plus(INTERVAL));
  }

  boolean goesOn(Instant now) {
    return trouble == null || good.isAfter(now.minus(GRACE));
  }
}
