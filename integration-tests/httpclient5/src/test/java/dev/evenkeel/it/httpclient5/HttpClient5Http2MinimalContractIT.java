package dev.evenkeel.it.httpclient5;

class HttpClient5Http2MinimalContractIT extends Http2MinimalContractTest {}
