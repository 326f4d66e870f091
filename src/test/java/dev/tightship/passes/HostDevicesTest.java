package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostDevicesTest extends PassTest {

  HostDevicesTest() {
    super(new HostDevices());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/mem",
        "/dev/kmem",
        "/dev/port",
        "/dev/kmsg",
        "/dev/sda",
        "/dev/sdb1:/dev/sdb1:r",
        "/dev/vda",
        "/dev/nvme0n1p2",
        "/dev/mmcblk0p1",
        "/dev/dm-0",
        "/dev/mapper/data",
        "/dev/disk/by-id/ata-x",
        "/dev/loop0",
        "/dev/loop-control",
        "/dev/md0",
        "/dev",
        "${DISK:-/dev/sda}:/dev/sda",
      })
  void reports_a_device_that_opens_the_machine(String device) {
    for (String item :
        new String[] {"'" + device + "'", "{source: '" + device.split(":/dev", 2)[0] + "'}"}) {
      assertThat(findings("services: {a: {image: acme/a, devices: [%s]}}".formatted(item)))
          .as(item)
          .extracting(Finding::severity)
          .containsExactly(Severity.HIGH);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/dri",
        "/dev/dri/renderD128:/dev/dri/renderD128",
        "/dev/ttyUSB0",
        "/dev/ttyACM1:/dev/ttyACM0",
        "/dev/serial/by-id/usb-1a86_x-if00:/dev/ttyUSB0",
        "/dev/net/tun",
        "/dev/fuse",
        "/dev/kvm",
        "/dev/snd",
        "/dev/video0",
        "/dev/input/event0",
        "/dev/i2c-1",
        "/dev/gpiomem",
        "/dev/bus/usb",
        "/dev/nvidia0",
        "/dev/nvidia-uvm",
        "nvidia.com/gpu=all",
        "${STICK:-/dev/ttyUSB0}:/dev/ttyUSB0",
      })
  void leaves_a_device_that_is_only_a_device(String device) {
    leaves(
        "services: {a: {image: acme/a, devices: ['%s']}}".formatted(device),
        "its devices open no more than themselves");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a *:* rwm|HIGH",
        "c *:* rw|HIGH",
        "b *:* r|HIGH",
        "b 8:* rmw|HIGH",
        "b 8:0 r|HIGH",
        "c 188:* rmw|",
        "c 10:200 rwm|",
      })
  void reports_rules_for_all_devices_or_for_disks(String rule, Severity severity) {
    var found =
        assertThat(
                findings(
                    "services: {a: {image: acme/a, device_cgroup_rules: ['%s']}}".formatted(rule)))
            .extracting(Finding::severity);
    if (severity == null) {
      found.isEmpty();
    } else {
      found.containsExactly(severity);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volumes: ['/dev:/dev']|HIGH",
        "volumes: ['/dev/:/host:ro']|HIGH",
        "volumes: [{type: bind, source: /dev/shm, target: /dev/shm}]|MEDIUM",
        "volumes: ['/dev/sda:/disk']|LOW",
        "privileged: true, volumes: ['/dev/sda:/disk']|HIGH",
      })
  void reports_what_is_mounted_of_dev(String settings, Severity severity) {
    assertThat(findings("services: {a: {image: acme/a, %s}}".formatted(settings)))
        .extracting(Finding::severity)
        .containsExactly(severity);
  }

  @Test
  void says_what_it_does_not_know() {
    assertThat(findings("services: {a: {image: acme/a, devices: [/dev/acme0]}}"))
        .extracting(Finding::severity, Finding::message)
        .containsExactly(
            tuple(Severity.INFO, "it is not known what /dev/acme0 opens to the service"));
    advises(
        "services: {a: {image: acme/a, devices: ['${DEVICE}:/dev/ttyUSB0']}}",
        "give it a default that names the device");
    advises(
        "services: {a: {image: acme/a}, b: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
  }

  @Test
  void knows_who_reads_the_log_of_the_kernel() {
    assertThat(
            findings(
                "services: {a: {image: ghcr.io/google/cadvisor, devices: [/dev/kmsg, /dev/sda],"
                    + " volumes: ['/dev/disk:/dev/disk:ro']}}"))
        .extracting(Finding::severity)
        .containsExactly(Severity.INFO, Severity.HIGH);
  }

  @Test
  void leaves_a_service_without_devices() {
    leaves(
        "services: {a: {image: acme/a, volumes: ['/devices:/dev']}}",
        "it has no device of the machine");
  }
}
