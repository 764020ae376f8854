package dev.evenkeel.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import org.junit.jupiter.api.Test;

/** Who may use whom. */
class LayerTest {
  @Test
  void bootstrap_usesOnlyTheListedClassesOfTheJdk() {
    // One by one: a whole package would let its logging or management in.
    classes()
        .should()
        .onlyAccessClassesThat(
            HasName.Predicates.nameMatching(
                    "java\\.lang\\.(EvenkeelDispatcher|Object|String|Throwable|Void)"
                        + "|java\\.lang\\.invoke\\.(CallSite|ConstantCallSite|MethodHandle"
                        + "|MethodHandles|MethodHandles\\$Lookup|MethodType)")
                .<JavaClass>forSubtype())
        .check(Modules.classes(1, Modules.BOOTSTRAP));
  }

  @Test
  void balancer_isTheProductAndNothingElse() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "net.bytebuddy..",
            "okhttp3..",
            "org.apache..",
            "java.net.http..",
            "javax.management..",
            "java.lang.management..",
            "java.util.logging..",
            "java.lang.instrument..",
            "org.snakeyaml..",
            "dev.evenkeel.config..",
            "dev.evenkeel.runtime..",
            "dev.evenkeel.cli..",
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..")
        .check(Modules.classes(20, Modules.BALANCER));
  }

  @Test
  void specs_areValues() {
    noClasses()
        .that()
        .resideInAPackage("dev.evenkeel.balancer.spec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "dev.evenkeel.balancer")
        .check(Modules.classes(20, Modules.BALANCER));
    classes()
        .that()
        .resideInAPackage("dev.evenkeel.balancer.spec..")
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .haveSimpleNameNotEndingWith("package-info")
        .should()
        .beRecords()
        .check(Modules.classes(20, Modules.BALANCER));
  }

  @Test
  void parsers_areHiddenInConfig() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.evenkeel.config..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(Modules.classes(60, Modules.SHIPPED));
  }

  @Test
  void byteBuddy_isHiddenInInstrumentAndAdvice() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.evenkeel.runtime.instrument..",
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("net.bytebuddy..")
        .check(Modules.classes(60, Modules.SHIPPED));
  }

  @Test
  void spi_standsAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.balancer..",
            "dev.evenkeel.config..",
            "dev.evenkeel.runtime..",
            "net.bytebuddy..")
        .check(Modules.classes(8, Modules.SPI));
  }

  @Test
  void adapters_knowTheSpiAndTheirLibraryOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.balancer..",
            "dev.evenkeel.config..",
            "dev.evenkeel.runtime..",
            "dev.evenkeel.cli..",
            "dev.evenkeel.agent..")
        .check(
            Modules.classes(
                8,
                Modules.OKHTTP,
                Modules.HTTPCLIENT5,
                Modules.HTTPCLIENT4,
                Modules.HTTPASYNCCLIENT4,
                Modules.JDK_HTTPCLIENT,
                Modules.URL_CONNECTION));
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..",
            "org.apache..")
        .check(Modules.classes(4, Modules.OKHTTP));
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..",
            "org.apache.http..",
            "okhttp3..",
            "okio..",
            "kotlin..")
        .check(Modules.classes(4, Modules.HTTPCLIENT5));
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..",
            "org.apache.http.nio..",
            "org.apache.http.impl.nio..",
            "org.apache.hc..",
            "okhttp3..",
            "okio..",
            "kotlin..")
        .check(Modules.classes(15, Modules.HTTPCLIENT4));
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..",
            "org.apache.http.impl.execchain..",
            "org.apache.hc..",
            "okhttp3..",
            "okio..",
            "kotlin..")
        .check(Modules.classes(15, Modules.HTTPASYNCCLIENT4));
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.urlconnection..")
        .check(Modules.classes(20, Modules.JDK_HTTPCLIENT));
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "java.net.http..")
        .check(Modules.classes(20, Modules.URL_CONNECTION));
  }

  @Test
  void runtime_knowsNoAdapter() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.evenkeel.okhttp..",
            "dev.evenkeel.httpclient5..",
            "dev.evenkeel.httpclient4..",
            "dev.evenkeel.httpasyncclient4..",
            "dev.evenkeel.jdkhttpclient..",
            "dev.evenkeel.urlconnection..")
        .check(
            Modules.classes(
                40, Modules.RUNTIME, Modules.BALANCER, Modules.CONFIG, Modules.CLI, Modules.DIST));
  }

  @Test
  void packages_haveNoCycles() {
    slices()
        .matching("dev.evenkeel.(**)")
        .should()
        .beFreeOfCycles()
        .check(Modules.classes(60, Modules.SHIPPED));
  }
}
