package dev.argosy.server.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V1beta1Admissionregistration;
import io.kubernetes.client.proto.V1beta1Certificates;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which message belongs to an apiVersion and kind. Files are loaded when first asked for. */
final class MessageTypes {

  private static final Map<String, Supplier<FileDescriptor>> FILES =
      Map.ofEntries(
          Map.entry("v1", V1::getDescriptor),
          Map.entry("apps/v1", V1Apps::getDescriptor),
          Map.entry("batch/v1", V1Batch::getDescriptor),
          Map.entry("autoscaling/v1", V1Autoscaling::getDescriptor),
          Map.entry("autoscaling/v2", V2Autoscaling::getDescriptor),
          Map.entry("policy/v1", V1Policy::getDescriptor),
          Map.entry("admissionregistration.k8s.io/v1", V1Admissionregistration::getDescriptor),
          Map.entry(
              "admissionregistration.k8s.io/v1beta1", V1beta1Admissionregistration::getDescriptor),
          Map.entry("apiregistration.k8s.io/v1", RegistrationMessages::file),
          Map.entry("apiextensions.k8s.io/v1", V1Apiextensions::getDescriptor),
          Map.entry("authentication.k8s.io/v1", V1Authentication::getDescriptor),
          Map.entry("authorization.k8s.io/v1", V1Authorization::getDescriptor),
          Map.entry("certificates.k8s.io/v1", V1Certificates::getDescriptor),
          Map.entry("certificates.k8s.io/v1beta1", V1beta1Certificates::getDescriptor),
          Map.entry("coordination.k8s.io/v1", V1Coordination::getDescriptor),
          Map.entry("discovery.k8s.io/v1", V1Discovery::getDescriptor),
          Map.entry("events.k8s.io/v1", V1Events::getDescriptor),
          Map.entry("flowcontrol.apiserver.k8s.io/v1", V1Flowcontrol::getDescriptor),
          Map.entry("metrics.k8s.io/v1beta1", UseMessages::file),
          Map.entry("networking.k8s.io/v1", V1Networking::getDescriptor),
          Map.entry("node.k8s.io/v1", V1Node::getDescriptor),
          Map.entry("rbac.authorization.k8s.io/v1", V1Rbac::getDescriptor),
          Map.entry("resource.k8s.io/v1", V1Resource::getDescriptor),
          Map.entry("scheduling.k8s.io/v1", V1Scheduling::getDescriptor),
          Map.entry("storage.k8s.io/v1", V1Storage::getDescriptor));

  Optional<Descriptor> find(String apiVersion, String kind) {
    Supplier<FileDescriptor> file = FILES.get(apiVersion);
    Descriptor own = file == null ? null : file.get().findMessageTypeByName(kind);
    return Optional.ofNullable(
        own != null ? own : Meta.getDescriptor().findMessageTypeByName(kind));
  }
}
