package io.github.llm4j.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.backend.KernelProvider;
import io.github.llm4j.api.component.ComponentSpec;
import io.github.llm4j.api.error.ConfigException;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.layer.Layer;
import io.github.llm4j.api.layer.LayerContext;
import io.github.llm4j.api.layer.LayerProvider;
import io.github.llm4j.runtime.config.Binder;
import io.github.llm4j.runtime.config.Bound;
import io.github.llm4j.runtime.config.ConfigSource;
import io.github.llm4j.runtime.config.Golden;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of real jars with compiled providers. */
class PluginsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/plugins");
  private static final List<Kind> KINDS = List.of(new Kind("layer", LayerProvider.class));

  /** What a config of this test declares. */
  public record Config(ComponentSpec<Layer> layer) {}

  @TempDir Path temporary;
  private Path folder;
  private Plugins opened = Plugins.none();

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectories(temporary.resolve("ä folder #1/plugins"));
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private Registry registry() {
    opened.close();
    opened = Plugins.open(List.of(folder));
    return Registry.of(PluginsTest.class.getClassLoader(), KINDS, opened);
  }

  /** A layer provider whose settings have a key {@code size}. */
  private static String provider(String name, String type, String create) {
    return """
    package demo;
    public final class %s implements io.github.llm4j.api.layer.LayerProvider<%s.Settings> {
      enum Way { UP, DOWN_HILL }
      record Settings(@io.github.llm4j.api.component.Default("3") int size,
          @io.github.llm4j.api.component.Default("down-hill") Way way) {}
      public String type() { return "%s"; }
      public Class<Settings> settings() { return Settings.class; }
      public io.github.llm4j.api.layer.Layer create(
          Settings s, io.github.llm4j.api.layer.LayerContext c) {
        %s
      }
    }
    """
        .formatted(name, name, type, create);
  }

  private static PluginJar plugin(String name, String type) {
    return PluginJar.of(name, "1.0")
        .classes("demo.P", provider("P", type, "return (x, pass) -> x;"))
        .service(LayerProvider.class, "demo.P");
  }

  private Path place(PluginJar jar, String path) throws IOException {
    return jar.write(folder.resolve(path));
  }

  @Test
  void eachHasALoaderOfItsOwn() throws Exception {
    place(plugin("one", "ones"), "one/one-1.0.jar");
    place(plugin("two", "twos"), "two/two-1.0.jar");
    place(
        PluginJar.with()
            .classes("demo.Fast", "package demo; public final class Fast {}")
            .service(Runnable.class, "demo.Fast"),
        "two/helps.jar");
    Registry registry = registry();
    assertEquals(List.of(), registry.failures());
    assertEquals(List.of("ones", "twos"), types(registry));
    Entry one = registry.entries().get(0);
    assertEquals(
        new Source("one", "1.0", folder.resolve("one/one-1.0.jar").toString()), one.source());
    ClassLoader loader = one.provider().getClass().getClassLoader();
    assertNotSame(loader, registry.entries().get(1).provider().getClass().getClassLoader());
    assertSame(LayerProvider.class, loader.loadClass(LayerProvider.class.getName()));
    for (String hidden :
        List.of(
            Registry.class.getName(),
            "com.google.inject.Guice",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "io.vavr.collection.List",
            "com.typesafe.config.Config",
            "org.junit.jupiter.api.Test",
            "demo.Fast")) {
      assertThrows(ClassNotFoundException.class, () -> loader.loadClass(hidden), hidden);
    }
    assertEquals(
        List.of("helps.jar", "two-1.0.jar"),
        registry.plugins().get(1).jars().stream().map(j -> j.getFileName().toString()).toList());
  }

  private static List<String> types(Registry registry) {
    return registry.entries().stream().map(Entry::type).toList();
  }

  @Test
  void settingsOfAPluginAreBoundAndRendered() throws Exception {
    place(plugin("one", "ones"), "one/one.jar");
    Bound<Config> bound =
        new Binder(registry())
            .bind(Config.class, ConfigSource.text("t.conf", "layer { type = ones, size = 7 }"));
    assertEquals("Settings[size=7, way=DOWN_HILL]", bound.settings().layer().settings().toString());
    assertTrue(bound.render().contains("way = down-hill"), bound.render());
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                new Binder(registry())
                    .bind(
                        Config.class,
                        ConfigSource.text("t.conf", "layer { type = ones, sise = 7 }")));
    assertTrue(e.getMessage().contains("Did you mean 'size'?"), e.getMessage());
  }

  @Test
  void kernelsOfAPluginAreFound() throws Exception {
    place(plugin("one", "ones"), "one/one.jar");
    place(
        PluginJar.with()
            .classes(
                "demo.K",
                """
                package demo;
                public final class K implements io.github.llm4j.api.backend.KernelProvider {
                  public String backend() { return "cpu"; }
                  public io.github.llm4j.api.backend.KernelSet kernels(
                      io.github.llm4j.api.worker.Workers w) {
                    return (op, specs) -> java.util.Optional.empty();
                  }
                }
                """)
            .service(KernelProvider.class, "demo.K"),
        "one/one-kernels.jar");
    KernelEntry kernels = registry().kernels().get(0);
    assertEquals("cpu", kernels.backend());
    assertEquals(
        new Source("one", "1.0", folder.resolve("one/one-kernels.jar").toString()),
        kernels.source());
  }

  @Test
  void whatIsWrongIsRefusedAndTheOthersGoOn() throws Exception {
    place(plugin("good", "good"), "good/good.jar");
    place(plugin("loose", "loose"), "loose.jar");
    Files.writeString(folder.resolve("README.txt"), "no jar");
    Files.createDirectories(folder.resolve("b-empty"));
    place(
        PluginJar.with("Llm4j-Plugin", "newer", "Llm4j-Api", "2", "Implementation-Version", "3")
            .service(LayerProvider.class, "demo.NeverLoaded"),
        "c-newer/newer.jar");
    place(
        PluginJar.with("Llm4j-Plugin", "older", "Llm4j-Api", "0")
            .service(LayerProvider.class, "demo.NeverLoaded"),
        "d-older/older.jar");
    place(PluginJar.with("Llm4j-Plugin", "odd", "Llm4j-Api", "1.0"), "e-odd/odd.jar");
    place(PluginJar.with("Llm4j-Plugin", "half"), "f-half/half.jar");
    place(PluginJar.with().classes("a.A", "package a; class A {}"), "g-none/none.jar");
    place(plugin("twins", "a"), "h-twins/a.jar");
    place(plugin("twins", "b"), "h-twins/b.jar");
    Path cut = place(plugin("cut", "cut"), "i-cut/cut.jar");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    Files.createDirectories(folder.resolve("n-nothing"));
    Files.write(folder.resolve("n-nothing/nothing.jar"), new byte[0]);
    place(
        plugin("fat", "fat")
            .classes(
                "io.github.llm4j.api.layer.Mode",
                "package io.github.llm4j.api.layer; public enum Mode { TRAIN }"),
        "j-fat/fat.jar");
    place(plugin("same", "same-one"), "k-same/same-1.jar");
    place(plugin("same", "same-two"), "l-same/same-2.jar");
    place(PluginJar.of("idle", "1"), "m-idle/idle.jar");
    check("refused.txt", registry(), List.of("good"));
  }

  @Test
  void classesThatDoNotLoadRefuseTheirPlugin() throws Exception {
    place(plugin("good", "good"), "good/good.jar");
    place(
        PluginJar.of("absent", "1")
            .classes(
                "lib.Parent",
                "package lib; public class Parent {}",
                "demo.A",
                provider("A", "absent", "return (x, pass) -> x;")
                    .replace("class A implements", "class A extends lib.Parent implements"))
            .without("lib.Parent")
            .service(LayerProvider.class, "demo.A"),
        "a-absent/absent.jar");
    place(plugin("settings", "settings").without("demo.P$Way"), "b-settings/settings.jar");
    place(
        PluginJar.of("inward", "1")
            .classes(
                "demo.I",
                provider("I", "inward", "return (x, pass) -> x;")
                    .replace(
                        "enum Way",
                        "private final io.github.llm4j.runtime.plugin.Kind kind = new"
                            + " io.github.llm4j.runtime.plugin.Kind(\"a\", null); enum Way"))
            .service(LayerProvider.class, "demo.I"),
        "c-inward/inward.jar");
    place(
        PluginJar.of("loud", "1")
            .classes("demo.L", provider("L", "Loud_Layer", "return (x, pass) -> x;"))
            .service(LayerProvider.class, "demo.L"),
        "d-loud/loud.jar");
    place(
        PluginJar.of("throws", "1")
            .classes(
                "demo.T",
                provider("T", "throws", "return (x, pass) -> x;")
                    .replace("return \"throws\";", "throw new IllegalStateException(\"no GPU\");"))
            .service(LayerProvider.class, "demo.T"),
        "e-throws/throws.jar");
    place(
        PluginJar.of("gone", "1").service(LayerProvider.class, "demo.NotThere"), "f-gone/gone.jar");
    check("unloadable.txt", registry(), List.of("good"));
  }

  @Test
  void ofTwoProvidersOfOneTypeNeitherIsTaken() throws Exception {
    place(plugin("one", "swirl"), "one/one.jar");
    place(plugin("two", "swirl"), "two/two.jar");
    place(plugin("good", "good"), "good/good.jar");
    place(
        PluginJar.of("within", "1")
            .classes(
                "demo.P", provider("P", "twice", "return (x, pass) -> x;"),
                "demo.Q", provider("Q", "twice", "return (x, pass) -> x;"))
            .service(LayerProvider.class, "demo.P\ndemo.Q"),
        "within/within.jar");
    check("two-of-one-type.txt", registry(), List.of("good"));
  }

  @Test
  void aTypeOfARefusedPluginSaysWhyItIsMissing() throws Exception {
    place(plugin("good", "good"), "good/good.jar");
    place(
        PluginJar.with("Llm4j-Plugin", "swirl", "Llm4j-Api", "2")
            .service(LayerProvider.class, "demo.NeverLoaded"),
        "swirl/swirl.jar");
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () ->
                new Binder(registry())
                    .bind(Config.class, ConfigSource.text("t.conf", "layer = swirl")));
    Golden.check(GOLDEN.resolve("named-but-refused.txt"), said(e.getMessage()));
  }

  @Test
  void whatShowsLaterNamesThePluginToo() throws Exception {
    place(
        PluginJar.of("late", "1.5")
            .classes(
                "lib.Later",
                "package lib; public class Later { public static void go() {} }",
                "demo.P",
                provider("P", "late", "lib.Later.go(); return (x, pass) -> x;"),
                "demo.Q",
                provider("Q", "nulls", "String no = null; no.length(); return (x, pass) -> x;"))
            .without("lib.Later")
            .service(LayerProvider.class, "demo.P\ndemo.Q"),
        "late/late.jar");
    Registry registry = registry();
    Throwable missing = assertThrows(NoClassDefFoundError.class, () -> create(registry, "late"));
    LlmException said = PluginFault.of(missing).orElseThrow();
    assertEquals(
        "plugin late 1.5: expected classes that load, found"
            + " java.lang.ClassNotFoundException: lib.Later. Update the plugin, or put the jars it"
            + " needs beside it.",
        said.getMessage());
    Throwable fault = assertThrows(NullPointerException.class, () -> create(registry, "nulls"));
    assertTrue(
        PluginFault.of(fault).orElseThrow().getMessage().startsWith("plugin late 1.5: a fault of"),
        fault::toString);
    assertEquals(Optional.empty(), PluginFault.of(new IllegalStateException("ours")));
  }

  private static Layer create(Registry registry, String type) {
    Entry entry = registry.entries().stream().filter(e -> e.type().equals(type)).findFirst().get();
    Bound<Config> bound =
        new Binder(registry)
            .bind(Config.class, ConfigSource.text("t.conf", "layer = " + entry.type()));
    Object context =
        Proxy.newProxyInstance(
            LayerContext.class.getClassLoader(),
            new Class<?>[] {LayerContext.class},
            (proxy, method, arguments) -> "");
    return bound.settings().layer().create((LayerContext) context);
  }

  @Test
  void placesAreBesideTheInstallationAndInTheUsersConfig() {
    Path home = temporary.resolve("home");
    Path installed = temporary.resolve("llm4j");
    assertEquals(
        List.of(installed.resolve("plugins"), home.resolve(".config/llm4j/plugins")),
        places("Linux", Map.of(), home, Optional.of(installed)));
    Path xdg = temporary.resolve("xdg");
    assertEquals(
        List.of(xdg.resolve("llm4j/plugins")),
        places("Linux", Map.of("XDG_CONFIG_HOME", xdg.toString()), home, Optional.empty()));
    assertEquals(
        List.of(home.resolve(".config/llm4j/plugins")),
        places("Linux", Map.of("XDG_CONFIG_HOME", "relative"), home, Optional.empty()));
    assertEquals(
        List.of(home.resolve("Library/Application Support/llm4j/plugins")),
        places("Mac OS X", Map.of(), home, Optional.empty()));
    assertEquals(
        List.of(xdg.resolve("llm4j/plugins")),
        places("Windows 11", Map.of("APPDATA", xdg.toString()), home, Optional.empty()));
    assertEquals(List.of(), places("Linux", Map.of(), Path.of("?"), Optional.of(Path.of("."))));
  }

  private static List<Path> places(
      String system, Map<String, String> environment, Path home, Optional<Path> installation) {
    return new PluginPlaces(
            system, n -> Optional.ofNullable(environment.get(n)), home, installation)
        .folders();
  }

  private void check(String golden, Registry registry, List<String> types) throws IOException {
    assertEquals(types, types(registry));
    String failures = registry.failures().stream().collect(Collectors.joining("\n"));
    Golden.check(GOLDEN.resolve(golden), said(failures));
  }

  private String said(String text) {
    return text.replace(folder.toString(), "PLUGINS");
  }
}
