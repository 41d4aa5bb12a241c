package dev.argosy.agent.csi.door;

import java.util.Arrays;
import java.util.Optional;

/** What may be called through the door. */
enum ControllerMethod {
  CREATE_VOLUME("CreateVolume", Shapes.CREATE, Shapes.CREATED),
  DELETE_VOLUME("DeleteVolume", Shapes.DELETE, Shapes.NOTHING),
  PUBLISH_VOLUME("ControllerPublishVolume", Shapes.PUBLISH, Shapes.PUBLISHED),
  UNPUBLISH_VOLUME("ControllerUnpublishVolume", Shapes.UNPUBLISH, Shapes.NOTHING),
  EXPAND_VOLUME("ControllerExpandVolume", Shapes.EXPAND, Shapes.EXPANDED),
  VALIDATE("ValidateVolumeCapabilities", Shapes.VALIDATE, Shapes.VALIDATED),
  GET_CAPACITY("GetCapacity", Shapes.CAPACITY, Shapes.CAPACITY_ANSWER);

  private final String word;
  private final Shape request;
  private final Shape answer;

  ControllerMethod(String word, Shape request, Shape answer) {
    this.word = word;
    this.request = request;
    this.answer = answer;
  }

  static Optional<ControllerMethod> of(String word) {
    return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  Shape request() {
    return request;
  }

  Shape answer() {
    return answer;
  }
}
