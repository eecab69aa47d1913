<?php
// Run once by `php install.php FOLDER`: the site, its editor, and the password with which its REST API is spoken to.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('The Harbour Post', 'editor', 'editor@example.org', true, '', 'not used by anybody');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
wp_delete_post(1, true); // "Hello world!"
[$password] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'tests']);
echo "\npassword: $password\n";
