"""TLS and SCRAM against a real broker, whose certificate is for `localhost` only: what is checked, and what is refused."""

import subprocess
import tempfile
import unittest

import lab

SCRAM = "auth scram_sha_512 { user = 'dora'; password = env('LAB_PASSWORD'); }"
TLS = f"tls {{ ca = '{lab.TLS_CA}'; }}"


class KafkaLogin(unittest.TestCase):
    def setUp(self):
        self.database = lab.Database("mariadb")
        self.addCleanup(self.database.drop)
        self.database.execute("CREATE TABLE n (id INT PRIMARY KEY); INSERT INTO n VALUES (1)")

    def run_with(self, settings, host="localhost"):
        run = lab.Program(lab.source(self.database) + lab.kafka_sink(settings, port=lab.KAFKA_SCRAM_PORT, host=host) + f"""
pipe p {{
  from db;
  into bus;
  format canal_json;
  topic "{self.database.name}-n";
  table {self.database.name}.n;
}}
""")
        self.addCleanup(run.close)
        code, _, errors = run.run("--until-caught-up", timeout_s=60)
        self.assertNotIn(lab.CAPTURE_PASSWORD, errors)
        return code, errors

    def records(self):
        return [record.value["data"][0]["id"] for record in lab.records(f"{self.database.name}-n")]

    def test_scram_over_tls(self):
        with tempfile.TemporaryDirectory(prefix="pipewright-tls-") as folder:
            own = lab.make_client_certificate(folder, "own", lab.CAPTURE_PASSWORD)
            self.check_mechanisms(TLS.replace("}", own + "private_key_password = env('LAB_PASSWORD'); }"))
            code, errors = self.run_with(f"{TLS.replace('}', own + ' }')} {SCRAM}")
            self.assertEqual(code, 1, errors)
            self.assertIn("unable to get passphrase", errors)

    def check_mechanisms(self, tls):
        for mechanism in ("scram_sha_512", "scram_sha_256"):
            code, errors = self.run_with(f"{tls} {SCRAM.replace('scram_sha_512', mechanism)} state_topic = '{lab.new_name('state')}';")
            self.assertEqual(code, 0, errors)
        self.assertEqual(self.records(), ["1", "1"])

    def test_certificate_is_for_another_name(self):
        code, errors = self.run_with(f"{TLS} {SCRAM}", host="127.0.0.1")
        self.assertEqual(code, 3, errors)
        self.assertIn("certificate", errors)

    def test_another_authority(self):
        with tempfile.TemporaryDirectory(prefix="pipewright-tls-") as folder:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                            "-subj", "/CN=other", "-keyout", f"{folder}/other.key", "-out", f"{folder}/other.pem"], check=True, capture_output=True)
            code, errors = self.run_with(f"tls {{ ca = '{folder}/other.pem'; }} {SCRAM}")
        self.assertEqual(code, 3, errors)
        self.assertIn("certificate", errors)

    def test_wrong_password_and_no_login(self):
        code, errors = self.run_with(f"{TLS} auth scram_sha_512 {{ user = 'nobody'; password = env('LAB_PASSWORD'); }}")
        self.assertEqual(code, 3, errors)
        self.assertIn("Authentication failed", errors)

    def test_in_the_clear(self):
        code, errors = self.run_with(SCRAM + "retry { first = 50ms; max = 100ms; give_up = 2s; }")
        self.assertEqual(code, 3, errors)


if __name__ == "__main__":
    unittest.main()
