package dev.evenkeel.it.httpclient5;

class HttpClient5AsyncContractIT extends AsyncContractTest {
  HttpClient5AsyncContractIT() {
    super(HttpClient5AsyncDriver.class);
  }
}
