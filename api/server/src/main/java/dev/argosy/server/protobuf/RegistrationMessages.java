package dev.argosy.server.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;

/**
 * The messages of {@code apiregistration.k8s.io/v1}, which the library does not have: the same
 * names and numbers as the aggregator's {@code generated.proto}.
 */
final class RegistrationMessages {

  private static final String META = ".k8s.io.apimachinery.pkg.apis.meta.v1.";
  private static final String PACKAGE = "k8s.io.kube_aggregator.pkg.apis.apiregistration.v1";

  private RegistrationMessages() {}

  static FileDescriptor file() {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("argosy/apiregistration_v1.proto")
            .setPackage(PACKAGE)
            .addDependency(Meta.getDescriptor().getName())
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("APIService")
                    .addField(message("metadata", 1, META + "ObjectMeta"))
                    .addField(own("spec", 2, "APIServiceSpec"))
                    .addField(own("status", 3, "APIServiceStatus")))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("ServiceReference")
                    .addField(field("namespace", 1, Type.TYPE_STRING))
                    .addField(field("name", 2, Type.TYPE_STRING))
                    .addField(field("port", 3, Type.TYPE_INT32)))
            .addMessageType(spec())
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("APIServiceStatus")
                    .addField(
                        own("conditions", 1, "APIServiceCondition").setLabel(Label.LABEL_REPEATED)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("APIServiceCondition")
                    .addField(field("type", 1, Type.TYPE_STRING))
                    .addField(field("status", 2, Type.TYPE_STRING))
                    .addField(message("lastTransitionTime", 3, META + "Time"))
                    .addField(field("reason", 4, Type.TYPE_STRING))
                    .addField(field("message", 5, Type.TYPE_STRING)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {Meta.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the messages of apiregistration do not fit together", e);
    }
  }

  private static DescriptorProto spec() {
    return DescriptorProto.newBuilder()
        .setName("APIServiceSpec")
        .addField(own("service", 1, "ServiceReference"))
        .addField(field("group", 2, Type.TYPE_STRING))
        .addField(field("version", 3, Type.TYPE_STRING))
        .addField(field("insecureSkipTLSVerify", 4, Type.TYPE_BOOL))
        .addField(field("caBundle", 5, Type.TYPE_BYTES))
        .addField(field("groupPriorityMinimum", 7, Type.TYPE_INT32))
        .addField(field("versionPriority", 8, Type.TYPE_INT32))
        .build();
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(type);
  }

  private static FieldDescriptorProto.Builder message(String name, int number, String type) {
    return field(name, number, Type.TYPE_MESSAGE).setTypeName(type);
  }

  private static FieldDescriptorProto.Builder own(String name, int number, String type) {
    return message(name, number, "." + PACKAGE + "." + type);
  }
}
