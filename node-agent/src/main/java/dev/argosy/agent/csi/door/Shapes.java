package dev.argosy.agent.csi.door;

import static dev.argosy.agent.csi.door.Shape.choice;
import static dev.argosy.agent.csi.door.Shape.flag;
import static dev.argosy.agent.csi.door.Shape.map;
import static dev.argosy.agent.csi.door.Shape.number;
import static dev.argosy.agent.csi.door.Shape.part;
import static dev.argosy.agent.csi.door.Shape.parts;
import static dev.argosy.agent.csi.door.Shape.text;
import static dev.argosy.agent.csi.door.Shape.texts;
import static dev.argosy.agent.csi.door.Shape.wrapped;

import dev.argosy.agent.csi.AccessMode;
import java.util.Arrays;

/**
 * The messages of CSI's controller service that pass the door.
 *
 * @see <a href="https://github.com/container-storage-interface/spec/blob/master/spec.md">CSI</a>
 */
final class Shapes {

  private static final Shape EMPTY = Shape.of();

  static final Shape RANGE = Shape.of(number(1, "requiredBytes"), number(2, "limitBytes"));

  static final Shape CAPABILITY =
      Shape.of(
          part(1, "block", EMPTY),
          part(
              2,
              "mount",
              Shape.of(text(1, "fsType"), texts(2, "mountFlags"), text(3, "volumeMountGroup"))),
          part(
              3,
              "accessMode",
              Shape.of(
                  choice(1, "mode", Arrays.stream(AccessMode.values()).map(Enum::name).toList()))));

  static final Shape TOPOLOGY = Shape.of(map(1, "segments"));

  static final Shape SOURCE =
      Shape.of(
          part(1, "snapshot", Shape.of(text(1, "snapshotId"))),
          part(2, "volume", Shape.of(text(1, "volumeId"))));

  static final Shape CREATE =
      Shape.of(
          text(1, "name"),
          part(2, "capacityRange", RANGE),
          parts(3, "volumeCapabilities", CAPABILITY),
          map(4, "parameters"),
          map(5, "secrets"),
          part(6, "volumeContentSource", SOURCE),
          part(
              7,
              "accessibilityRequirements",
              Shape.of(parts(1, "requisite", TOPOLOGY), parts(2, "preferred", TOPOLOGY))),
          map(8, "mutableParameters"));

  static final Shape CREATED =
      Shape.of(
          part(
              1,
              "volume",
              Shape.of(
                  number(1, "capacityBytes"),
                  text(2, "volumeId"),
                  map(3, "volumeContext"),
                  part(4, "contentSource", SOURCE),
                  parts(5, "accessibleTopology", TOPOLOGY))));

  static final Shape DELETE = Shape.of(text(1, "volumeId"), map(2, "secrets"));

  static final Shape PUBLISH =
      Shape.of(
          text(1, "volumeId"),
          text(2, "nodeId"),
          part(3, "volumeCapability", CAPABILITY),
          flag(4, "readonly"),
          map(5, "secrets"),
          map(6, "volumeContext"));

  static final Shape PUBLISHED = Shape.of(map(1, "publishContext"));

  static final Shape UNPUBLISH =
      Shape.of(text(1, "volumeId"), text(2, "nodeId"), map(3, "secrets"));

  static final Shape EXPAND =
      Shape.of(
          text(1, "volumeId"),
          part(2, "capacityRange", RANGE),
          map(3, "secrets"),
          part(4, "volumeCapability", CAPABILITY));

  static final Shape EXPANDED =
      Shape.of(number(1, "capacityBytes"), flag(2, "nodeExpansionRequired"));

  static final Shape VALIDATE =
      Shape.of(
          text(1, "volumeId"),
          map(2, "volumeContext"),
          parts(3, "volumeCapabilities", CAPABILITY),
          map(4, "parameters"),
          map(5, "secrets"),
          map(6, "mutableParameters"));

  static final Shape VALIDATED =
      Shape.of(
          part(
              1,
              "confirmed",
              Shape.of(
                  map(1, "volumeContext"),
                  parts(2, "volumeCapabilities", CAPABILITY),
                  map(3, "parameters"),
                  map(4, "mutableParameters"))),
          text(2, "message"));

  static final Shape CAPACITY =
      Shape.of(
          parts(1, "volumeCapabilities", CAPABILITY),
          map(2, "parameters"),
          part(3, "accessibleTopology", TOPOLOGY));

  static final Shape CAPACITY_ANSWER =
      Shape.of(
          number(1, "availableCapacity"),
          wrapped(2, "maximumVolumeSize"),
          wrapped(3, "minimumVolumeSize"));

  static final Shape NOTHING = EMPTY;

  private Shapes() {}
}
