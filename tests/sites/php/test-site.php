<?php
// A must-use plugin. What a newsroom sets in its web server stands in files beside it: a policy for each page.
add_action('send_headers', function () {
    $policy = __DIR__ . '/policy.txt';
    if (is_file($policy)) {
        header('Content-Security-Policy: ' . trim(file_get_contents($policy)));
    }
});
add_filter('pre_wp_mail', '__return_true'); // this site writes to nobody
