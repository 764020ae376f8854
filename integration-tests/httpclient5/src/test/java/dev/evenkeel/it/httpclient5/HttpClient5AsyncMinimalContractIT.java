package dev.evenkeel.it.httpclient5;

class HttpClient5AsyncMinimalContractIT extends AsyncContractTest {
  HttpClient5AsyncMinimalContractIT() {
    super(HttpClient5AsyncMinimalDriver.class);
  }
}
