package dev.argosy.store.seal.spi;

class FakeKeyServiceTest extends KeyServiceContract {

  private final FakeKeyService service = new FakeKeyService();

  @Override
  protected KeyService service() {
    return service;
  }

  @Override
  protected void rotate() {
    service.rotate();
  }

  @Override
  protected KeyService stranger() {
    return new FakeKeyService();
  }
}
