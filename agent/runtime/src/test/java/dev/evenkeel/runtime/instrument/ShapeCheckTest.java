package dev.evenkeel.runtime.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShapeCheckTest {
  private static final String LIBRARY = Library.class.getName();

  /** Stands for a client library. */
  static class Library {
    private int secret;

    int call(String host) {
      return secret + host.length();
    }
  }

  /** Stands for an adapter's class, and refers to the library. */
  static final class Code {
    private Code() {}

    static int run(Library library) {
      return library.call("") + library.hashCode();
    }
  }

  @Test
  void library_withAllThatIsNeeded_fits() throws IOException {
    assertThat(missing(hook("call", "(Ljava/lang/String;)I"), member("secret", "I"))).isNull();
  }

  @Test
  void library_withoutAHookedMethod_isToldByIt() throws IOException {
    assertThat(missing(hook("call", "()V"), member("secret", null)))
        .isEqualTo(LIBRARY + ".call()V");
  }

  @Test
  void library_withoutAnOptionalHook_fits() throws IOException {
    ClientAdapter.Hook optional = new ClientAdapter.Hook(LIBRARY, "none", null, "Advice", true);

    assertThat(missing(optional, member("secret", null))).isNull();
  }

  @Test
  void library_withoutAMemberReachedByReflection_isToldByIt() throws IOException {
    assertThat(missing(hook("call", null), member("secret", "J"))).isEqualTo(LIBRARY + ".secretJ");
  }

  @Test
  void library_withAllOfOneFamily_fits() throws IOException {
    List<ClientAdapter.Member> other = List.of(member("secret", null), member("none", null));

    assertThat(missingOf(List.of(other, List.of(member("secret", "I"), member("call", null)))))
        .isNull();
  }

  @Test
  void library_withPartOfEachFamily_isToldByTheFirst() throws IOException {
    List<ClientAdapter.Member> newest = List.of(member("secret", null), member("newest", null));
    List<ClientAdapter.Member> oldest = List.of(member("oldest", null));

    assertThat(missingOf(List.of(newest, oldest))).isEqualTo(LIBRARY + ".newest");
  }

  @Test
  void family_withAMemberWithoutAName_needsItsClass() throws IOException {
    assertThat(missingOf(List.of(List.of(new ClientAdapter.Member(LIBRARY, "", null))))).isNull();
    assertThat(missingOf(List.of(List.of(new ClientAdapter.Member("no.Such", "", null)))))
        .isEqualTo("no.Such");
  }

  @Test
  void library_withoutAClass_isToldByIt() throws IOException {
    assertThat(
            missing(new ClientAdapter.Hook("no.Such", "call", null, "Advice"), member("x", null)))
        .isEqualTo("no.Such.call");
  }

  @Test
  void library_withoutWhatTheAdaptersCodeCalls_isToldByIt() throws IOException {
    ClassLoader without = new ClassLoader(null) {};

    assertThat(
            ShapeCheck.firstMissing(
                new AdapterArchive(new Adapter(List.of(), List.of(), List.of()), code()), without))
        .startsWith(LIBRARY);
  }

  private static String missing(ClientAdapter.Hook hook, ClientAdapter.Member member)
      throws IOException {
    return ShapeCheck.firstMissing(
        new AdapterArchive(new Adapter(List.of(hook), List.of(member), List.of()), code()),
        ShapeCheckTest.class.getClassLoader());
  }

  private static String missingOf(List<List<ClientAdapter.Member>> families) throws IOException {
    return ShapeCheck.firstMissing(
        new AdapterArchive(new Adapter(List.of(), List.of(), families), code()),
        ShapeCheckTest.class.getClassLoader());
  }

  private static ClientAdapter.Hook hook(String method, String descriptor) {
    return new ClientAdapter.Hook(LIBRARY, method, descriptor, "Advice");
  }

  private static ClientAdapter.Member member(String name, String descriptor) {
    return new ClientAdapter.Member(LIBRARY, name, descriptor);
  }

  private static Map<String, byte[]> code() throws IOException {
    String name = Code.class.getName();
    try (InputStream in =
        ShapeCheckTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      return Map.of(name, Objects.requireNonNull(in).readAllBytes());
    }
  }

  private record Adapter(
      List<Hook> hooks, List<Member> reflectiveMembers, List<List<Member>> families)
      implements ClientAdapter {
    @Override
    public String name() {
      return "test";
    }
  }
}
