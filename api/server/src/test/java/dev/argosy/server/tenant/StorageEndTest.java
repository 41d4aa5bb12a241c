package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageEndTest {

  private static final String DRIVER = "disk.example.com";
  private static final String BY_RULE = "csi-" + "0123456789abcdef".repeat(4);

  private final List<ApiObject> volumes = new ArrayList<>();
  private final List<ApiObject> attachments = new ArrayList<>();
  private final List<ApiObject> claims = new ArrayList<>();

  private StorageEnd decide() {
    return StorageEnd.of(volumes, attachments, claims, Set.of(DRIVER));
  }

  private static ApiObject object(GroupResource resource, String text) {
    byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    String name = Json.parse(json).at("/metadata/name").asString("");
    String namespace = resource.equals(StorageEnd.CLAIMS) ? "default" : "";
    return ApiObject.ofStored(new ObjectKey(resource, "acme", namespace, name), 1, json);
  }

  private ApiObject volume(String policy, String maker, String driver, String uid) {
    ApiObject volume =
        object(
            StorageEnd.VOLUMES,
            ("{'metadata':{'name':'pv','annotations':{'pv.kubernetes.io/provisioned-by':'%s'}},"
                    + "'spec':{'persistentVolumeReclaimPolicy':'%s','csi':{'driver':'%s',"
                    + "'volumeHandle':'h%%1'},'claimRef':{'uid':'%s'}},'status':{'message':'m'}}")
                .formatted(maker, policy, driver, uid));
    volumes.add(volume);
    return volume;
  }

  private ApiObject attachment(String name, String meta, String driver) {
    ApiObject attachment =
        object(
            StorageEnd.ATTACHMENTS,
            ("{'metadata':{'name':'%s'%s},'spec':{'attacher':'%s','nodeName':'n1',"
                    + "'source':{'persistentVolumeName':'pv'}},"
                    + "'status':{'detachError':{'message':'no'}}}")
                .formatted(name, meta, driver));
    attachments.add(attachment);
    return attachment;
  }

  @Test
  void whatItsDriverIsToDeleteIsWaitedFor() {
    ApiObject volume = volume("Delete", DRIVER, DRIVER, "u");
    StorageEnd end = decide();
    assertThat(end.of(volume.key())).isEqualTo(new VolumeEnd.Waits("m"));
    assertThat(end.waits().orElse("")).startsWith("Drivers have not let go yet of volume pv (m). ");
  }

  @ParameterizedTest
  @CsvSource({
    "Retain, disk.example.com, disk.example.com, u, Retain",
    "Delete, '', disk.example.com, u, it was not made for a claim",
    "Delete, own.example.com, own.example.com, u, the platform has no such driver",
    "Delete, disk.example.com, disk.example.com, '', no claim has it",
  })
  void whatNobodyDeletesIsKept(
      String policy, String maker, String driver, String uid, String reason) {
    ApiObject volume = volume(policy, maker, driver, uid);
    StorageEnd end = decide();
    assertThat(end.of(volume.key()))
        .isEqualTo(new VolumeEnd.Keeps("by driver " + driver + " as h%1 (" + reason + ")"));
    assertThat(end.waits()).isEmpty();
  }

  @Test
  void whatTheNodeFreesByItselfIsNotWaitedFor() {
    ApiObject volume =
        object(
            StorageEnd.VOLUMES,
            "{'metadata':{'name':'pv','annotations':{'pv.kubernetes.io/provisioned-by':"
                + "'argosy.dev/local-path'}},'spec':{'persistentVolumeReclaimPolicy':'Delete'}}");
    volumes.add(volume);
    assertThat(decide().of(volume.key())).isEqualTo(new VolumeEnd.Goes());
  }

  @Test
  void aVolumeStaysForAsLongAsItIsAttached() {
    ApiObject volume = volume("Retain", DRIVER, DRIVER, "u");
    ApiObject attachment = attachment(BY_RULE, "", DRIVER);
    StorageEnd end = decide();
    assertThat(end.of(attachment.key())).isEqualTo(new VolumeEnd.Waits("node n1 uses it"));
    assertThat(end.of(volume.key())).isInstanceOf(VolumeEnd.Waits.class);
    assertThat(end.waits().orElse(""))
        .startsWith(
            "Drivers have not let go yet of attachment of volume pv (node n1 uses it). What");
  }

  @ParameterizedTest
  @CsvSource({
    "disk.example.com, f, true",
    "own.example.com, f, false",
    "disk.example.com, '', false",
  })
  void whatIsBeingDetachedIsWaitedForIfThePlatformsDriverDoesIt(
      String driver, String finalizer, boolean waits) {
    volume("Retain", driver, driver, "u");
    String meta =
        ",'deletionTimestamp':'2026-01-01T00:00:00Z'"
            + (finalizer.isEmpty() ? "" : ",'finalizers':['" + finalizer + "']");
    ApiObject attachment = attachment(BY_RULE, meta, driver);
    assertThat(decide().of(attachment.key()))
        .isEqualTo(waits ? new VolumeEnd.Waits("no") : new VolumeEnd.Goes());
  }

  @Test
  void attachmentsThatNobodyLooksAfterGo() {
    ApiObject alone = attachment(BY_RULE, "", DRIVER);
    assertThat(decide().of(alone.key())).as("of no volume").isEqualTo(new VolumeEnd.Goes());
    volume("Retain", DRIVER, DRIVER, "u");
    ApiObject other = attachment("mine", "", DRIVER);
    assertThat(decide().of(other.key())).as("by hand").isEqualTo(new VolumeEnd.Goes());
  }

  @Test
  void aClaimWhoseVolumeMayBeThereIsWaitedFor() {
    String claim =
        "{'metadata':{'name':'%s','finalizers':['kubernetes.io/pvc-protection'%s],'annotations':"
            + "{'volume.kubernetes.io/storage-provisioner':'disk.example.com'}}}";
    ApiObject plain = object(StorageEnd.CLAIMS, claim.formatted("a", ""));
    ApiObject begun =
        object(StorageEnd.CLAIMS, claim.formatted("b", ",'argosy.dev/csi-provisioning'"));
    claims.addAll(List.of(plain, begun));
    StorageEnd end = decide();
    assertThat(end.of(plain.key())).isEqualTo(new VolumeEnd.Goes());
    assertThat(end.of(begun.key())).isInstanceOf(VolumeEnd.Waits.class);
    assertThat(end.waits().orElse("")).contains("claim default/b (its driver may have made");
  }

  @Test
  void whatMayBeBeingCopiedStaysUntilTheCopyIsKnown() {
    String claim =
        "{'metadata':{'name':'%s','finalizers':['%s'],'annotations':"
            + "{'volume.kubernetes.io/storage-provisioner':'disk.example.com'}}}";
    ApiObject from =
        object(
            StorageEnd.CLAIMS,
            claim.formatted("a", "provisioner.storage.kubernetes.io/cloning-protection"));
    claims.add(from);
    assertThat(decide().of(from.key())).isEqualTo(new VolumeEnd.Goes());
    claims.add(object(StorageEnd.CLAIMS, claim.formatted("b", "argosy.dev/csi-provisioning")));
    assertThat(decide().of(from.key())).isInstanceOf(VolumeEnd.Waits.class);
  }

  @Test
  void aFewAreNamedAndTheOthersCounted() {
    for (int i = 0; i < 8; i++) {
      claims.add(
          object(
              StorageEnd.CLAIMS,
              ("{'metadata':{'name':'c%d','finalizers':['argosy.dev/csi-provisioning'],"
                      + "'annotations':{'volume.kubernetes.io/storage-provisioner':'%s'}}}")
                  .formatted(i, DRIVER)));
    }
    assertThat(decide().waits().orElse("")).contains("default/c4 (").contains(") and 3 more. ");
  }
}
