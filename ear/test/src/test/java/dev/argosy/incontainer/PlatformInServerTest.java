package dev.argosy.incontainer;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import jakarta.inject.Inject;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole archive, deployed: the platform starts behind CDI, and a web module may use it. */
@ArquillianTest
class PlatformInServerTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Inject @Nullable ApiClients clients;

  @Deployment
  static EnterpriseArchive archive() {
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "argosy.ear")
            .importFrom(new File("../app/target/argosy.ear"))
            .as(EnterpriseArchive.class);
    ear.delete("META-INF/application.xml"); // it does not know the module with this test
    ear.delete("console.war"); // a folder in there, but Arquillian wants modules as archives
    ear.addAsModule(
        ShrinkWrap.createFromZipFile(
            WebArchive.class, new File("../../web-ui/target/console.war")));
    WebArchive tests =
        ShrinkWrap.create(WebArchive.class, "tests.war")
            .addClass(PlatformInServerTest.class)
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    return ear.addAsModule(Testable.archiveToTest(tests));
  }

  @Test
  void aWebModuleReadsTheRootClusterThroughTheApi() throws InterruptedException {
    assertNotNull(clients);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!readsRoot(clients) && System.nanoTime() < deadline) {
      new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
    }
    assertTrue(readsRoot(clients));
  }

  /** False while the platform behind the clients is still starting. */
  private static boolean readsRoot(ApiClients clients) {
    ObjectKey key = new ObjectKey(new GroupResource("", "namespaces"), "root", "", "kube-system");
    try {
      return clients.as(UserInfo.system("test")).get(key) instanceof ApiResult.Ok<?>;
    } catch (StatusException starting) {
      return false;
    }
  }
}
