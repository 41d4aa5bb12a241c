package dev.argosy.server.answer;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.protobuf.ProtobufAnswers;

/** Which message stands for an object, and what it is called. */
sealed interface ProtobufShape {

  String apiVersion();

  String kind();

  /** The message, kept with the object; not to be changed. */
  byte[] message(ApiObject object);

  /** Whole objects of a kind that has messages. */
  record Whole(KindSchema schema, ProtobufAnswers protobuf) implements ProtobufShape {

    private record Kept(byte[] message) {}

    @Override
    public String apiVersion() {
      return schema.type().apiVersion();
    }

    @Override
    public String kind() {
      return schema.type().kind();
    }

    @Override
    public byte[] message(ApiObject object) {
      return object.derived(
              Kept.class, schema, o -> new Kept(protobuf.message(apiVersion(), kind(), o.tree())))
          .message;
    }
  }

  /** The metadata of objects of any kind. */
  record Metadata(String apiVersion, ProtobufAnswers protobuf) implements ProtobufShape {

    private record Kept(byte[] message) {}

    @Override
    public String kind() {
      return MetadataShape.KIND;
    }

    @Override
    public byte[] message(ApiObject object) {
      return object.derived(
              Kept.class, protobuf, o -> new Kept(protobuf.metadataMessage(o.metadataTree())))
          .message;
    }
  }
}
