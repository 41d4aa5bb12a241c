package dev.argosy.server.protobuf;

import static dev.argosy.server.protobuf.DeclaredMessages.field;
import static dev.argosy.server.protobuf.DeclaredMessages.message;
import static dev.argosy.server.protobuf.DeclaredMessages.meta;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The messages of {@code apiregistration.k8s.io/v1}: the same names and numbers as the aggregator's
 * {@code generated.proto}.
 */
final class RegistrationMessages {

  private static final DeclaredMessages MESSAGES =
      new DeclaredMessages("k8s.io.kube_aggregator.pkg.apis.apiregistration.v1");

  private RegistrationMessages() {}

  static FileDescriptor file() {
    return MESSAGES.file(
        message("APIService")
            .addField(meta("metadata", 1, "ObjectMeta"))
            .addField(MESSAGES.own("spec", 2, "APIServiceSpec"))
            .addField(MESSAGES.own("status", 3, "APIServiceStatus")),
        message("ServiceReference")
            .addField(field("namespace", 1, Type.TYPE_STRING))
            .addField(field("name", 2, Type.TYPE_STRING))
            .addField(field("port", 3, Type.TYPE_INT32)),
        spec(),
        message("APIServiceStatus")
            .addField(MESSAGES.ownList("conditions", 1, "APIServiceCondition")),
        message("APIServiceCondition")
            .addField(field("type", 1, Type.TYPE_STRING))
            .addField(field("status", 2, Type.TYPE_STRING))
            .addField(meta("lastTransitionTime", 3, "Time"))
            .addField(field("reason", 4, Type.TYPE_STRING))
            .addField(field("message", 5, Type.TYPE_STRING)));
  }

  private static DescriptorProto.Builder spec() {
    return message("APIServiceSpec")
        .addField(MESSAGES.own("service", 1, "ServiceReference"))
        .addField(field("group", 2, Type.TYPE_STRING))
        .addField(field("version", 3, Type.TYPE_STRING))
        .addField(field("insecureSkipTLSVerify", 4, Type.TYPE_BOOL))
        .addField(field("caBundle", 5, Type.TYPE_BYTES))
        .addField(field("groupPriorityMinimum", 7, Type.TYPE_INT32))
        .addField(field("versionPriority", 8, Type.TYPE_INT32));
  }
}
