package dev.argosy.server.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import java.util.List;

/** Messages that the library does not have, declared by name and number as in their package. */
final class DeclaredMessages {

  private static final String META = ".k8s.io.apimachinery.pkg.apis.meta.v1.";
  private static final String QUANTITY = ".k8s.io.apimachinery.pkg.api.resource.Quantity";

  private final String packageName;

  /**
   * Messages of a package.
   *
   * @param packageName as in its {@code generated.proto}
   */
  DeclaredMessages(String packageName) {
    this.packageName = packageName;
  }

  /** All of them together; they may name each other and those of {@code meta/v1}. */
  FileDescriptor file(DescriptorProto.Builder... messages) {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName("argosy/" + packageName + ".proto")
            .setPackage(packageName)
            .addDependency(Meta.getDescriptor().getName())
            .addDependency(Resource.getDescriptor().getName());
    List.of(messages).forEach(file::addMessageType);
    try {
      return FileDescriptor.buildFrom(
          file.build(), new FileDescriptor[] {Meta.getDescriptor(), Resource.getDescriptor()});
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the messages of " + packageName + " do not fit together", e);
    }
  }

  static DescriptorProto.Builder message(String name) {
    return DescriptorProto.newBuilder().setName(name);
  }

  static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(type);
  }

  /** A field with a message of {@code meta/v1}. */
  static FieldDescriptorProto.Builder meta(String name, int number, String message) {
    return field(name, number, Type.TYPE_MESSAGE).setTypeName(META + message);
  }

  /** A field with a message of this package. */
  FieldDescriptorProto.Builder own(String name, int number, String message) {
    return field(name, number, Type.TYPE_MESSAGE).setTypeName("." + packageName + "." + message);
  }

  FieldDescriptorProto.Builder ownList(String name, int number, String message) {
    return own(name, number, message).setLabel(Label.LABEL_REPEATED);
  }

  /** Gives a message a field that is a map of texts to quantities. */
  void quantities(DescriptorProto.Builder message, String name, int number) {
    String entry = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Entry";
    message
        .addNestedType(
            message(entry)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(field("key", 1, Type.TYPE_STRING))
                .addField(field("value", 2, Type.TYPE_MESSAGE).setTypeName(QUANTITY)))
        .addField(ownList(name, number, message.getName() + "." + entry));
  }
}
