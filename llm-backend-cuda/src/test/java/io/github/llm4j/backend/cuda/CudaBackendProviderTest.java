package io.github.llm4j.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.llm4j.api.backend.Availability;
import io.github.llm4j.api.backend.BackendContext;
import io.github.llm4j.api.backend.BackendProvider;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.worker.Workers;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CudaBackendProviderTest {

  @Test
  @SuppressWarnings("rawtypes") // what a lookup by class gives
  void isFoundAndNeverClaimsToWork() {
    List<String> types =
        ServiceLoader.load(BackendProvider.class).stream().map(p -> p.get().type()).toList();
    assertEquals(List.of("cuda"), types);
    Availability found = new CudaBackendProvider().probe();
    assertFalse(found.usable());
    assertTrue(found.detail().contains("no CUDA kernels"), found.detail());
  }

  @Test
  void saysWhichLibraryIsMissing() {
    assertEquals(
        Availability.unavailable(
            "no NVIDIA driver here (libcuda-absent.so.1 not found); this version of llm4j has no"
                + " CUDA kernels",
            "Use backend = cpu."),
        CudaBackendProvider.probe("libcuda-absent.so.1"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherLibraryIsNoDriver() {
    String libc = "libc.so.6";
    assertTrue(
        CudaBackendProvider.probe(libc).detail().contains("is no NVIDIA driver: cuInit"),
        CudaBackendProvider.probe(libc).detail());
  }

  @Test
  void creatingIsAnErrorWithReasonAndRemedy() {
    Workers none =
        new Workers() {
          @Override
          public int count() {
            return 1;
          }

          @Override
          public void run(int parts, Part part) {
            for (int i = 0; i < parts; i++) {
              part.run(i, 0);
            }
          }
        };
    LlmException e =
        assertThrows(
            LlmException.class,
            () ->
                new CudaBackendProvider()
                    .create(new CudaSettings(), new BackendContext(none, List.of())));
    assertEquals(ErrorKind.PLUGIN, e.kind());
    assertTrue(e.getMessage().startsWith("backend 'cuda': a usable GPU expected, found that "));
    assertTrue(e.getMessage().endsWith(". Use backend = cpu."), e.getMessage());
  }
}
