# shellcheck shell=bash
# Everything that the commands share, in the order in which it is needed.
set -euo pipefail
shopt -s inherit_errexit
lib=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=bin/lib/settings.sh
. "$lib/settings.sh"
# shellcheck source=bin/lib/run.sh
. "$lib/run.sh"
# shellcheck source=bin/lib/packages.sh
. "$lib/packages.sh"
# shellcheck source=bin/lib/services.sh
. "$lib/services.sh"
# shellcheck source=bin/lib/database.sh
. "$lib/database.sh"
# shellcheck source=bin/lib/bench.sh
. "$lib/bench.sh"
# shellcheck source=bin/lib/app.sh
. "$lib/app.sh"
# shellcheck source=bin/lib/sites.sh
. "$lib/sites.sh"
# shellcheck source=bin/lib/serve.sh
. "$lib/serve.sh"
