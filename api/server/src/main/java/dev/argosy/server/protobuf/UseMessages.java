package dev.argosy.server.protobuf;

import static dev.argosy.server.protobuf.DeclaredMessages.field;
import static dev.argosy.server.protobuf.DeclaredMessages.message;
import static dev.argosy.server.protobuf.DeclaredMessages.meta;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The messages of {@code metrics.k8s.io/v1beta1}: the same names and numbers as its {@code
 * generated.proto}.
 */
final class UseMessages {

  private static final DeclaredMessages MESSAGES =
      new DeclaredMessages("k8s.io.metrics.pkg.apis.metrics.v1beta1");

  private UseMessages() {}

  static FileDescriptor file() {
    DescriptorProto.Builder container =
        message("ContainerMetrics").addField(field("name", 1, Type.TYPE_STRING));
    MESSAGES.quantities(container, "usage", 2);
    DescriptorProto.Builder node = measured("NodeMetrics");
    MESSAGES.quantities(node, "usage", 4);
    DescriptorProto.Builder pod =
        measured("PodMetrics").addField(MESSAGES.ownList("containers", 4, "ContainerMetrics"));
    return MESSAGES.file(container, node, pod);
  }

  private static DescriptorProto.Builder measured(String name) {
    return message(name)
        .addField(meta("metadata", 1, "ObjectMeta"))
        .addField(meta("timestamp", 2, "Time"))
        .addField(meta("window", 3, "Duration"));
  }
}
